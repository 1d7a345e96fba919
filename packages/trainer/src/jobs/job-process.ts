// The computing process, for engines that want one.
import { type JobName, jobs } from "./jobs.js";
import { serveInProcess } from "./serve-in-process.js";

await serveInProcess<JobName>((name) => jobs[name]());
