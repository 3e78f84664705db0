export { createMetrics } from "./create-metrics.ts";
export { metricsPage } from "./metrics-page.ts";
