import "i18next";
import type { traceTexts } from "@cordboard/api/trace-words";
import type traceEnglish from "../call-trace/texts.en.json";
import type { textsEnglish } from "./texts-english.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    keySeparator: false;
    resources: typeof textsEnglish & { callTrace: typeof traceEnglish & typeof traceTexts.en };
  }
}
