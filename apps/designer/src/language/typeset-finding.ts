import { type ScreenLanguage, typesetFrench } from "@cordboard/api";

/** A finding's sentence as it is printed: files and programs are told with plain quotation marks and spaces. */
export function typesetFinding(sentence: string, language: ScreenLanguage): string {
  return language === "fr" ? typesetFrench(sentence) : sentence.replace(/"([^"]*)"/g, "“$1”");
}
