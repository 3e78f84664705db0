/** How times are written, for programs without a screen too. */
export { type DateTimeForm, formatDateTime, formatPreciseTime } from "./date-time.ts";
export { formatDuration } from "./duration.ts";
