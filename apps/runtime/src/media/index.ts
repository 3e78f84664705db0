export { convertAudio } from "./audio/convert-audio.ts";
export { createMediaShelf, type MediaShelf } from "./media-shelf.ts";
export { mediaRoutes } from "./routes.ts";
export { wavSamples } from "./wav-tail.ts";
