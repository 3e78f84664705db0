export { createRecordings, type Recordings } from "./recordings.ts";
export { wavFile } from "./wav-file.ts";
