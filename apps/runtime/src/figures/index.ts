export { corrected } from "./corrected.ts";
export { type Day, dayOf, slotsOf } from "./day-bounds.ts";
export { createDeskDay } from "./desk-day.ts";
export type { OperatorTime } from "./operator-time.ts";
export { figureHandlers } from "./routes.ts";
export { createFigures } from "./service.ts";
export {
  correctionsDuring,
  createTimeCorrections,
  prepareTimeCorrections,
  type TimeCorrectionDocument,
} from "./time-corrections.ts";
export { createTimesStore } from "./times-store.ts";
