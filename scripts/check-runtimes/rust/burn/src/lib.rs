//! What is the same for every model, and so compiled once.
use burn::tensor::{Device, Tensor, TensorData};

#[path = "../../photo.rs"]
mod photo;

/// `check-burn MODEL INPUT HEIGHT WIDTH`: one photo through the network, its probabilities as JSON.
pub fn run(network: impl Fn(Tensor<4>) -> Tensor<2>) -> Result<(), Box<dyn std::error::Error>> {
    let (_, values, [height, width]) = photo::given()?;
    let shape = [1, 3, height, width];
    let image = Tensor::from_data(TensorData::new(values, shape), &Device::default());
    let probabilities = network(image).into_data().try_to_vec::<f32>()?;
    println!("{{\"probabilities\":{probabilities:?}}}");
    Ok(())
}
