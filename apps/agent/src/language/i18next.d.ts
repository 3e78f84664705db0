import "i18next";
import type traceEnglish from "../call-trace/texts.en.json";
import type { resources } from "./create-texts.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    keySeparator: false;
    resources: (typeof resources)["en"] & { callTrace: typeof traceEnglish };
  }
}
