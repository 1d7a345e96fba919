//! `check-candle MODEL INPUT HEIGHT WIDTH`: one photo through an ONNX file, its probabilities as JSON.
use std::collections::HashMap;

use candle_core::{Device, Tensor};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, model, input, height, width, ..] = &arguments[..] else {
        return Err("MODEL INPUT HEIGHT WIDTH".into());
    };
    let values: Vec<f32> = std::fs::read(input)?
        .chunks_exact(4)
        .map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()))
        .collect();
    let shape = (1, 3, height.parse::<usize>()?, width.parse::<usize>()?);
    let image = Tensor::from_vec(values, shape, &Device::Cpu)?;
    let network = candle_onnx::read_file(model)?;
    let outputs = candle_onnx::simple_eval(&network, HashMap::from([("image".to_string(), image)]))?;
    let probabilities: Vec<f32> = outputs["probabilities"].flatten_all()?.to_vec1()?;
    println!("{{\"probabilities\":{probabilities:?}}}");
    Ok(())
}
