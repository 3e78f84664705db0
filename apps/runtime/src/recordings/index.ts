export { createRecordings, type Recordings, type TalkListening } from "./recordings.ts";
export { wavFile } from "./wav-file.ts";
