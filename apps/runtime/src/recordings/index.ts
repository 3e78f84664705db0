export { createRecordings, type Recordings } from "./recordings.ts";
