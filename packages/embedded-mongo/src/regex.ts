import { MongoError } from "./errors.ts";

/**
 * A MongoDB (PCRE) pattern as a JavaScript one that means the same, for what both know: literals, classes, groups, look-around, counts.
 *
 * `$`, `.` and `\s` differ between the two and are rewritten; what JavaScript does not know (`\A`, `(?i)`, possessive counts …) is
 * refused with MongoDB's 51091 instead of being read as something else. Options: i, m, s.
 */
export function compileRegex(pattern: string, options: string): RegExp {
  for (const option of options) {
    if (!"imsu".includes(option)) throw new MongoError(51108, `invalid flag in regex options: ${options}`);
  }
  const multiline = options.includes("m");
  const source = translate(pattern, { multiline, dotAll: options.includes("s") });
  try {
    return new RegExp(source, `u${options.includes("i") ? "i" : ""}${multiline ? "m" : ""}`);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

function translate(pattern: string, flags: { multiline: boolean; dotAll: boolean }): string {
  let out = "";
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at);
    if (char === "\\") {
      at += 1;
      out += escaped(pattern.charAt(at), inClass);
    } else if (inClass) {
      if (char === "[" && /[:.=]/.test(pattern.charAt(at + 1))) throw invalid("POSIX classes are not carried");
      if (char === "]") inClass = false;
      out += char === "[" ? "\\[" : char;
    } else if (char === "[") {
      inClass = true;
      out += char;
      if (pattern.charAt(at + 1) === "^") out += pattern.charAt(++at);
      if (pattern.charAt(at + 1) === "]") {
        out += "\\]"; // PCRE: a bracket that comes first in a class is a literal
        at += 1;
      }
    } else if (char === "$" && !flags.multiline) out += "(?=\\n?(?![^]))";
    else if (char === "$") out += "(?=\\n|(?![^]))";
    else if (char === "^" && flags.multiline) out += "(?<=\\n|(?<![^]))";
    else if (char === ".") out += flags.dotAll ? "[^]" : "[^\\n]";
    else if (char === "]" || char === "}" || (char === "{" && !/^\{\d+(,\d*)?\}/.test(pattern.slice(at)))) {
      out += closesCount(pattern, at) ? char : `\\${char}`;
    } else out += char;
  }
  return out;
}

function closesCount(pattern: string, at: number): boolean {
  return pattern.charAt(at) === "}" && /\{\d+(,\d*)?\}$/.test(pattern.slice(0, at + 1));
}

const SPACES = "\\t\\n\\v\\f\\r ";

function escaped(char: string, inClass: boolean): string {
  if (char === "s") return inClass ? SPACES : `[${SPACES}]`;
  if (char === "S" && !inClass) return `[^${SPACES}]`;
  if (/[dDwWtnrfv0-9]/.test(char) || (/[bBkx]/.test(char) && !inClass) || (char === "x" && inClass)) return `\\${char}`;
  if (/[^\p{L}\p{N}]/u.test(char) && char !== "") return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
  throw invalid(`the escape \\${char} is not carried`);
}

function invalid(reason: string): MongoError {
  return new MongoError(51091, `Regular expression is invalid: ${reason}`);
}
