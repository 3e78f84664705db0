export { createPostNotice } from "./post-notice.ts";
