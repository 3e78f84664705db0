export { createMediaShelf, type MediaShelf } from "./media-shelf.ts";
export { mediaRoutes } from "./routes.ts";
export { isTelephoneWav, wavLengthMs } from "./wav-length.ts";
