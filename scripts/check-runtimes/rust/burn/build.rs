//! Writes the ONNX file that FLEURON_MODEL names as Rust, for `main.rs` to include.
use std::path::PathBuf;

use burn_onnx::ModelGen;

fn main() {
    println!("cargo::rerun-if-env-changed=FLEURON_MODEL");
    let Ok(model) = std::env::var("FLEURON_MODEL") else {
        return;
    };
    println!("cargo::rerun-if-changed={model}");
    ModelGen::new().input(&model).out_dir("model").run_from_script();
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").unwrap()).join("model");
    let code = folder.join(PathBuf::from(model).file_name().unwrap()).with_extension("rs");
    println!("cargo::rustc-env=MODEL_CODE={}", code.display());
}
