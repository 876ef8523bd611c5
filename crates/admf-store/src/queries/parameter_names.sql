-- Every parameter that a stored strategy has.
SELECT DISTINCT parameter_name
FROM parameter_analysis
ORDER BY parameter_name;
