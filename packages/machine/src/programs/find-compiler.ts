import { findProgram } from "./program.js";

/** The environment variable CXX, else the first of the usual names. */
export const findCompiler = (searchPath?: string): Promise<string | undefined> =>
  findProgram([...(process.env.CXX ? [process.env.CXX] : []), "c++", "g++", "clang++"], searchPath);
