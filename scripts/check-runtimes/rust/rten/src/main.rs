//! `check-rten MODEL INPUT HEIGHT WIDTH`: one photo through an ONNX file, its probabilities as JSON.
use rten::Model;
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

#[path = "../../photo.rs"]
mod photo;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (model, values, [height, width]) = photo::given()?;
    let image = NdTensor::from_data([1, 3, height, width], values);
    let output: NdTensor<f32, 2> = Model::load_file(model)?
        .run_one(image.view().into(), None)?
        .try_into()?;
    println!("{{\"probabilities\":{:?}}}", output.to_vec());
    Ok(())
}
