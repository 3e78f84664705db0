import { readdirSync, readFileSync } from "node:fs";

/** One line of a recording: what the recorder saw, `t` milliseconds after the case began. */
export interface RecordedLine {
  readonly t: number;
  readonly dir: "in" | "out" | "ws" | "sip" | "http" | "rest" | "audio" | "app" | "note";
  readonly [key: string]: unknown;
}

export interface Recording {
  readonly name: string;
  readonly lines: readonly RecordedLine[];
}

const FOLDER = new URL("../../recordings/", import.meta.url);

export function recordingNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".jsonl"))
    .map((file) => file.slice(0, -".jsonl".length))
    .sort();
}

export function readRecording(name: string): Recording {
  const text = readFileSync(new URL(`${name}.jsonl`, FOLDER), "utf8");
  const lines = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line): RecordedLine => JSON.parse(line));
  return { name, lines };
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export const text = (value: unknown): string => (typeof value === "string" ? value : "");
export const number = (value: unknown): number => (typeof value === "number" ? value : Number.NaN);
