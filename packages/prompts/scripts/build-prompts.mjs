/**
 * Makes the audio of the built-in announcements and pieces, and `src/manifest.generated.json` and `src/pieces.generated.json`,
 * which say what was made.
 *
 *     node packages/prompts/scripts/build-prompts.mjs
 *
 * Run it after changing a text; commit what it writes. It is an author's tool: neither building nor running the product needs it.
 * It wants `espeak-ng` (1.51 was used) and `sox` (14.4.2 was used), both packages of Debian. An announcement whose text did not
 * change is left alone unless `--all` is given, so that another version of espeak-ng does not touch every file.
 *
 * Each announcement: espeak-ng speaks the text; sox cuts the silence at both ends, keeps what a telephone carries (300 to 3,400 Hz,
 * with gentle edges), evens out the loudness, resamples to 8 kHz mono 16 bit, sets the peak to -3 dB and leaves short pauses
 * around it. Music and tone are computed in `music.mjs`.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beep, holdMusic, repeated } from "./music.mjs";
import { wavFile } from "./wav-file.mjs";

const folder = fileURLToPath(new URL("../", import.meta.url));
const audioFolder = join(folder, "audio");
const piecesFile = join(folder, "src", "pieces.generated.json");
const manifestFile = join(folder, "src", "manifest.generated.json");

/** Silence before and after what is spoken, seconds: a sentence breathes, the pieces of a number follow each other closely. */
const SENTENCE_PAUSES = ["0.12", "0.25"];
const PIECE_PAUSES = ["0.02", "0.06"];

/** Words a minute and pitch were chosen for a telephone: slower and a little lower than espeak-ng's 175 and 50. */
const voices = {
  fr: { name: "fr-fr", wordsPerMinute: 148, pitch: 42, gap: 2, saidAs: [["Cordboard", "Corde borde"]] },
  en: { name: "en-gb-x-rp", wordsPerMinute: 150, pitch: 42, gap: 2, saidAs: [["Cordboard", "Cord board"]] },
};

const music = holdMusic();
const sounds = {
  beep: { kind: "tone", samples: beep() },
  holdMusic: { kind: "music", samples: music },
  // 130 s: longer than any ring time, since jambonz plays `dialMusic` once for an inbound call.
  ringMusic: { kind: "music", samples: repeated(music, 5) },
};

const texts = { fr: readJson("src/texts.fr.json"), en: readJson("src/texts.en.json") };
const before = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, "utf8")) : {};
const everything = process.argv.includes("--all");
const manifest = {};

for (const name of Object.keys(texts.en)) {
  const sound = sounds[name];
  if (sound !== undefined) {
    const made = describe(`${name}.wav`, wavFile(sound.samples));
    manifest[name] = {
      kind: sound.kind,
      audio: { fr: { ...made, text: texts.fr[name] }, en: { ...made, text: texts.en[name] } },
    };
    continue;
  }
  const audio = {};
  for (const language of Object.keys(texts)) {
    const text = texts[language][name];
    const file = `${name}.${language}.wav`;
    const path = join(audioFolder, file);
    const unchanged = !everything && existsSync(path) && before[name]?.audio[language]?.text === text;
    audio[language] = { ...describe(file, unchanged ? readFileSync(path) : speak(text, voices[language])), text };
  }
  manifest[name] = { kind: "speech", audio };
}
writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);

// Numbers, dates and durations are put together of these. What is said alike is one file: the 2 of a date and the number 2.
const spokenBefore = existsSync(piecesFile) ? JSON.parse(readFileSync(piecesFile, "utf8")) : {};
const pieces = {};
mkdirSync(join(audioFolder, "pieces"), { recursive: true });
for (const language of Object.keys(voices)) {
  const byText = new Map();
  pieces[language] = {};
  for (const [name, text] of Object.entries(readJson(`src/pieces.${language}.json`))) {
    if (!byText.has(text)) {
      const file = `pieces/${name}.${language}.wav`;
      const path = join(audioFolder, file);
      const unchanged = !everything && existsSync(path) && spokenBefore[language]?.[name]?.text === text;
      const bytes = unchanged ? readFileSync(path) : speak(text, voices[language], PIECE_PAUSES);
      byText.set(text, { ...describe(file, bytes), text });
    }
    pieces[language][name] = byText.get(text);
  }
}
writeFileSync(piecesFile, `${JSON.stringify(pieces, null, 2)}\n`);

/** Writes the file and says what the manifest keeps of it. */
function describe(file, bytes) {
  writeFileSync(join(audioFolder, file), bytes);
  const durationMs = Math.round((bytes.length - 44) / 16);
  process.stdout.write(`${file}  ${(durationMs / 1000).toFixed(1)} s\n`);
  return { file, sha256: createHash("sha256").update(bytes).digest("hex"), durationMs };
}

/** One announcement as the bytes of a WAV file. */
function speak(text, voice, pauses = SENTENCE_PAUSES) {
  const work = mkdtempSync(join(tmpdir(), "cordboard-prompts-"));
  try {
    const spoken = join(work, "spoken.wav");
    const finished = join(work, "finished.wav");
    const words = voice.saidAs.reduce((said, [written, asSaid]) => said.replaceAll(written, asSaid), text);
    run("espeak-ng", [
      "-v",
      voice.name,
      "-s",
      voice.wordsPerMinute,
      "-p",
      voice.pitch,
      "-g",
      voice.gap,
      "-w",
      spoken,
      words,
    ]);
    const trim = ["silence", "1", "0.02", "0.3%"];
    // biome-ignore format: one effect a line reads like the chain it is
    run("sox", [
      "-D", spoken, "-b", "16", "-e", "signed-integer", finished,
      "gain", "-8",
      ...trim, "reverse", ...trim, "reverse",
      "highpass", "-2", "240",
      "lowpass", "-2", "3500",
      "compand", "0.005,0.12", "6:-70,-80,-50,-44,-24,-15,0,-9",
      "rate", "-v", "8000",
      "norm", "-3",
      "pad", ...pauses,
    ]);
    return readSamples(readFileSync(finished));
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** sox may put chunks beside the samples; what is shipped has the plain header of 44 bytes. */
function readSamples(file) {
  const data = file.indexOf("data", 12, "latin1");
  const bytes = file.subarray(data + 8, data + 8 + file.readUInt32LE(data + 4));
  return wavFile(Float64Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2) / 32_767));
}

function run(program, args) {
  try {
    execFileSync(program, args.map(String), { stdio: ["ignore", "ignore", "inherit"] });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    throw new Error(`${program} is not installed: apt install espeak-ng sox`, { cause: error });
  }
}

function readJson(path) {
  return JSON.parse(readFileSync(join(folder, path), "utf8"));
}
