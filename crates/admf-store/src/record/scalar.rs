//! Values that fit one column.

use super::date::Date;
use crate::tables::ColumnType;
use admf_model::{ClassifierId, ContentHash, CorrelationId, RunId, StrategyId, Timestamp, TradeId, TrialId};
use arrow::array::{
    ArrayRef, ArrowPrimitiveType, AsArray, BooleanArray, ListBuilder, PrimitiveArray, StringArray,
    StringBuilder,
};
use arrow::datatypes::{Date32Type, Float64Type, Int8Type, Int64Type, TimestampMicrosecondType, UInt64Type};
use std::fmt::{Display, Write};
use std::str::FromStr;
use std::sync::Arc;

/// A value of one column.
pub trait Scalar: Sized {
    /// The column's type.
    const TYPE: ColumnType;

    /// A column of values, `None` as NULL.
    fn array<'a>(values: impl Iterator<Item = Option<&'a Self>>) -> ArrayRef
    where
        Self: 'a;

    /// The values of a column of this type, or the row and reason of the first that cannot be one.
    fn values(array: &ArrayRef) -> Result<Vec<Option<Self>>, (usize, String)>;
}

/// JSON text: valid, and without line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json(pub String);

fn write_native<'a, P, S: Copy + 'a>(
    values: impl Iterator<Item = Option<&'a S>>,
    native: impl Fn(S) -> P::Native,
) -> ArrayRef
where
    P: ArrowPrimitiveType,
{
    Arc::new(values.map(|value| value.map(|v| native(*v))).collect::<PrimitiveArray<P>>())
}

fn read_native<P: ArrowPrimitiveType, S>(
    array: &ArrayRef,
    scalar: impl Fn(P::Native) -> S,
) -> Vec<Option<S>> {
    array.as_primitive::<P>().iter().map(|value| value.map(&scalar)).collect()
}

macro_rules! native_scalar {
    ($( $Scalar:ty, $TYPE:ident, $Arrow:ty, $to:expr, $from:expr; )+) => { $(
        impl Scalar for $Scalar {
            const TYPE: ColumnType = ColumnType::$TYPE;

            fn array<'a>(values: impl Iterator<Item = Option<&'a Self>>) -> ArrayRef {
                write_native::<$Arrow, Self>(values, $to)
            }

            fn values(array: &ArrayRef) -> Result<Vec<Option<Self>>, (usize, String)> {
                Ok(read_native::<$Arrow, Self>(array, $from))
            }
        }
    )+ };
}

native_scalar! {
    i8, Tiny, Int8Type, |v| v, |v| v;
    i64, Integer, Int64Type, |v| v, |v| v;
    u64, Unsigned, UInt64Type, |v| v, |v| v;
    f64, Number, Float64Type, finite, |v| v;
    Timestamp, Timestamp, TimestampMicrosecondType, Timestamp::micros, Timestamp::from_micros;
    Date, Date, Date32Type, Date::days, Date::from_days;
}

/// Undefined is `None`: a number that is stored is finite.
fn finite(value: f64) -> f64 {
    debug_assert!(value.is_finite(), "{value} must not be stored: what is undefined is None");
    value
}

impl Scalar for bool {
    const TYPE: ColumnType = ColumnType::Truth;

    fn array<'a>(values: impl Iterator<Item = Option<&'a Self>>) -> ArrayRef {
        Arc::new(values.map(Option::<&bool>::copied).collect::<BooleanArray>())
    }

    fn values(array: &ArrayRef) -> Result<Vec<Option<Self>>, (usize, String)> {
        Ok(array.as_boolean().iter().collect())
    }
}

fn read_text<S>(
    array: &ArrayRef,
    scalar: impl Fn(&str) -> Result<S, String>,
) -> Result<Vec<Option<S>>, (usize, String)> {
    let texts = array.as_string::<i32>().iter().enumerate();
    texts.map(|(row, text)| text.map(&scalar).transpose().map_err(|reason| (row, reason))).collect()
}

impl Scalar for String {
    const TYPE: ColumnType = ColumnType::Text;

    fn array<'a>(values: impl Iterator<Item = Option<&'a Self>>) -> ArrayRef {
        Arc::new(values.collect::<StringArray>())
    }

    fn values(array: &ArrayRef) -> Result<Vec<Option<Self>>, (usize, String)> {
        read_text(array, |text| Ok(text.to_owned()))
    }
}

impl Scalar for Json {
    const TYPE: ColumnType = ColumnType::Json;

    fn array<'a>(values: impl Iterator<Item = Option<&'a Self>>) -> ArrayRef {
        Arc::new(values.map(|json| json.map(|j| j.0.as_str())).collect::<StringArray>())
    }

    fn values(array: &ArrayRef) -> Result<Vec<Option<Self>>, (usize, String)> {
        read_text(array, |text| Ok(Self(text.to_owned())))
    }
}

impl Scalar for Vec<String> {
    const TYPE: ColumnType = ColumnType::TextList;

    fn array<'a>(values: impl Iterator<Item = Option<&'a Self>>) -> ArrayRef {
        let mut builder = ListBuilder::new(StringBuilder::new());
        for list in values {
            builder.append_option(list.map(|texts| texts.iter().map(Some)));
        }
        Arc::new(builder.finish())
    }

    fn values(array: &ArrayRef) -> Result<Vec<Option<Self>>, (usize, String)> {
        let list = |texts: ArrayRef| {
            texts.as_string::<i32>().iter().map(|text| text.unwrap_or_default().to_owned()).collect()
        };
        Ok(array.as_list::<i32>().iter().map(|texts| texts.map(list)).collect())
    }
}

fn write_shown<'a, S: Display + 'a>(values: impl Iterator<Item = Option<&'a S>>) -> ArrayRef {
    let mut builder = StringBuilder::new();
    for value in values {
        match value {
            Some(value) => {
                write!(builder, "{value}").expect("writing to memory never fails");
                // What was written so far is one value.
                builder.append_value("");
            }
            None => builder.append_null(),
        }
    }
    Arc::new(builder.finish())
}

fn read_shown<S: FromStr<Err: Display>>(array: &ArrayRef) -> Result<Vec<Option<S>>, (usize, String)> {
    read_text(array, |text| text.parse().map_err(|e: S::Err| e.to_string()))
}

macro_rules! id_scalar {
    ($( $Id:ty ),+) => { $(
        /// 16 hexadecimal digits.
        impl Scalar for $Id {
            const TYPE: ColumnType = ColumnType::Text;

            fn array<'a>(values: impl Iterator<Item = Option<&'a Self>>) -> ArrayRef {
                write_shown(values)
            }

            fn values(array: &ArrayRef) -> Result<Vec<Option<Self>>, (usize, String)> {
                read_shown(array)
            }
        }
    )+ };
}

id_scalar!(ClassifierId, ContentHash, CorrelationId, RunId, StrategyId, TradeId, TrialId);
