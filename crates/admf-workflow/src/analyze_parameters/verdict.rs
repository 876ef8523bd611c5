//! Plateau or spike: how the best value of a parameter compares with the values beside it.

use super::Best;
use super::values::Values;
use admf_model::{Direction, Metric};

/// What lies around the best value. The steps are shares of the whole gap between the best and the worst mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Its neighbours are nearly as good: they lose at most a quarter of the gap.
    Plateau,
    /// Its neighbours lose more than a quarter and at most half of the gap.
    Slope,
    /// It stands alone: its neighbours lose more than half of the gap.
    Spike,
    /// All values are equally good.
    Flat,
    /// Too few values to tell a neighbourhood from chance.
    Few,
    /// Only one value was tried.
    Single,
}

/// Fewer values say nothing of a neighbourhood.
const TELLING: usize = 4;

impl Shape {
    /// Its name in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plateau => "plateau",
            Self::Slope => "slope",
            Self::Spike => "spike",
            Self::Flat => "flat",
            Self::Few => "few values",
            Self::Single => "single value",
        }
    }
}

/// The means of a parameter's values, compared with each other.
pub(super) struct Verdict {
    means: Vec<(f64, f64)>,
    /// Which mean is the best; of equal ones that of the smallest value.
    best: Option<usize>,
    /// Best mean less worst mean, positive.
    sensitivity: f64,
}

impl Verdict {
    /// Of values with their means; values ascend.
    pub(super) fn of(means: &[(f64, f64)], direction: Direction) -> Self {
        let sign = if direction == Direction::Lower { -1.0 } else { 1.0 };
        let goodness = |at: &usize| sign * means[*at].1;
        let best = (0..means.len()).rev().max_by(|a, b| goodness(a).total_cmp(&goodness(b)));
        let all = means.iter().map(|(_, mean)| *mean);
        let (high, low) = (all.clone().reduce(f64::max), all.reduce(f64::min));
        let sensitivity = high.zip(low).map_or(0.0, |(high, low)| high - low);
        Self { means: means.to_vec(), best, sensitivity }
    }

    /// Mean of the means at the values beside this one: two, or one at an edge.
    pub(super) fn neighbours(&self, value: f64) -> Option<f64> {
        let at = self.means.iter().position(|(v, _)| *v == value)?;
        let beside = [at.checked_sub(1), Some(at + 1)];
        let beside: Vec<f64> =
            beside.into_iter().flatten().filter_map(|at| self.means.get(at)).map(|(_, mean)| *mean).collect();
        (!beside.is_empty()).then(|| beside.iter().sum::<f64>() / beside.len() as f64)
    }

    /// The best value and what lies around it.
    pub(super) fn best(&self, values: &Values) -> Option<Best> {
        let at = self.best?;
        let (value, mean) = self.means[at];
        let deviations: Vec<f64> = values.all.iter().filter_map(|v| v.deviation).collect();
        let neighbours = self.neighbours(value);
        Some(Best {
            value,
            mean,
            neighbours,
            sensitivity: self.sensitivity,
            deviation: (!deviations.is_empty())
                .then(|| deviations.iter().sum::<f64>() / deviations.len() as f64),
            shape: self.shape(mean, neighbours),
            at_edge: self.means.len() > 1 && (at == 0 || at == self.means.len() - 1),
        })
    }

    fn shape(&self, mean: f64, neighbours: Option<f64>) -> Shape {
        let Some(neighbours) = neighbours else { return Shape::Single };
        let lost = (mean - neighbours).abs();
        if self.sensitivity == 0.0 {
            Shape::Flat
        } else if self.means.len() < TELLING {
            Shape::Few
        } else if lost <= self.sensitivity / 4.0 {
            Shape::Plateau
        } else if lost <= self.sensitivity / 2.0 {
            Shape::Slope
        } else {
            Shape::Spike
        }
    }
}

/// What a newcomer should see in the numbers.
pub(super) fn sentence(parameter: &str, metric: &Metric, best: &Best, verdict: &Verdict) -> String {
    let Best { value, mean, sensitivity, .. } = *best;
    let name = metric.name;
    let tried = verdict.means.len();
    let Some(neighbours) = best.neighbours else {
        return format!("only one value of `{parameter}` was tried, {value}: nothing can be compared");
    };
    let shape = match best.shape {
        Shape::Plateau => "a plateau: the values beside it do nearly as well",
        Shape::Slope => "a slope: the values beside it do noticeably worse",
        Shape::Spike => "a spike: the values beside it do much worse, which is what chance looks like",
        Shape::Flat => "flat: all values do the same",
        Shape::Few => "too few values to tell a plateau from chance",
        Shape::Single => "alone",
    };
    let mut text = format!(
        "`{parameter}` = {value} is the best of {tried} values with a mean {name} of {mean:.3}, {neighbours:.3} beside \
         it and {sensitivity:.3} between best and worst: {shape}"
    );
    if best.at_edge {
        text += "; it is the last value tried on its side, so a better one may lie beyond";
    }
    if let Some(deviation) = best.deviation.filter(|deviation| *deviation > sensitivity) {
        text += &format!(
            "; strategies with the same value differ more ({deviation:.3}) than values do, so the choice matters little"
        );
    }
    text
}

#[cfg(test)]
mod tests;
