export * from "./everyday-settings.ts";
export * from "./everyday-value.ts";
export * from "./with-everyday.ts";
