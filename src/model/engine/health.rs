//! Whether libtorch works at all.

use std::panic::catch_unwind;

use tch::{Kind, Tensor};

/// Lets libtorch compute something, and says with how many threads.
///
/// # Errors
/// What went wrong.
pub fn self_test() -> Result<String, String> {
    let sum = catch_unwind(|| {
        let ones = Tensor::ones([64, 64], (Kind::Float, tch::Device::Cpu));
        ones.matmul(&ones).sum(Kind::Float).double_value(&[])
    });
    match sum {
        // 64 x 64 entries of 64 each.
        Ok(sum) if sum == f64::from(64 * 64 * 64) => {
            Ok(format!("computes, {} threads", tch::get_num_threads()))
        }
        Ok(sum) => Err(format!("it multiplies wrongly ({sum})")),
        Err(_) => Err("it fails at a matrix product".to_owned()),
    }
}
