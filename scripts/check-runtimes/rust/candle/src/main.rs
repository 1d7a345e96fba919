//! `check-candle MODEL INPUT HEIGHT WIDTH`: one photo through an ONNX file, its probabilities as JSON.
use std::collections::HashMap;

use candle_core::{Device, Tensor};

#[path = "../../photo.rs"]
mod photo;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (model, values, [height, width]) = photo::given()?;
    let shape = (1, 3, height, width);
    let image = Tensor::from_vec(values, shape, &Device::Cpu)?;
    let network = candle_onnx::read_file(model)?;
    let outputs = candle_onnx::simple_eval(&network, HashMap::from([("image".to_string(), image)]))?;
    let probabilities: Vec<f32> = outputs["probabilities"].flatten_all()?.to_vec1()?;
    println!("{{\"probabilities\":{probabilities:?}}}");
    Ok(())
}
