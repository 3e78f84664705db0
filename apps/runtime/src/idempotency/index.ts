export { createIdempotency, type Idempotency, type KeptAnswer, prepareIdempotency } from "./idempotency.ts";
