//! The network that `build.rs` has written as Rust.
#[allow(dead_code)]
mod model {
    include!(env!("MODEL_CODE"));
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    check_burn::run(|image| model::Model::default().forward(image))
}
