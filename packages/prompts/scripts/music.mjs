import { sampleRate, withPeak } from "./wav-file.mjs";

/**
 * Eight bars of four beats, 26 s. Notes are MIDI numbers (69 = A at 440 Hz). A telephone carries 300 to 3,400 Hz, so everything
 * that must be heard lies above E4 (64); the bass is there for its overtones.
 *
 * `chord` is held through the bar, `arpeggio` is walked in half beats, `melody` is `[beat, note, beats]`.
 */
const bars = [
  { bass: 48, chord: [64, 67, 71], arpeggio: [72, 76, 79, 83, 79, 76, 79, 76], melody: [[0, 79, 2]] },
  {
    bass: 45,
    chord: [64, 67, 72],
    arpeggio: [72, 76, 79, 84, 79, 76, 79, 76],
    melody: [
      [1, 76, 1],
      [2, 79, 2],
    ],
  },
  { bass: 50, chord: [65, 69, 72], arpeggio: [74, 77, 81, 84, 81, 77, 81, 77], melody: [[0, 81, 2.5]] },
  {
    bass: 43,
    chord: [65, 67, 71],
    arpeggio: [71, 74, 79, 83, 79, 74, 77, 74],
    melody: [
      [1, 79, 1],
      [2, 74, 2],
    ],
  },
  {
    bass: 52,
    chord: [64, 67, 71],
    arpeggio: [71, 76, 79, 83, 79, 76, 79, 76],
    melody: [
      [0, 76, 1.5],
      [2, 83, 2],
    ],
  },
  {
    bass: 45,
    chord: [64, 69, 72],
    arpeggio: [72, 76, 81, 84, 81, 76, 81, 76],
    melody: [
      [0, 84, 1],
      [2, 81, 2],
    ],
  },
  {
    bass: 53,
    chord: [65, 69, 76],
    arpeggio: [72, 77, 81, 88, 81, 77, 81, 77],
    melody: [
      [0, 81, 1],
      [1.5, 79, 1],
      [3, 77, 1],
    ],
  },
  { bass: 43, chord: [65, 69, 74], arpeggio: [71, 74, 77, 81, 77, 74, 71, 74], melody: [[0, 79, 3]] },
];
const beatsPerBar = 4;
const beatSeconds = 26 / (bars.length * beatsPerBar);

/** A plucked, bell-like note: few overtones, each dying faster than the one below it. */
const pluck = { overtones: [1, 0.32, 0.1], attack: 0.006, decay: 0.55 };
/** A held, slowly swelling note. */
const pad = { overtones: [1, 0.22, 0.12, 0.05], attack: 0.7, decay: 3.2 };
const lead = { overtones: [1, 0.18, 0.06], attack: 0.045, decay: 1.1 };
const low = { overtones: [1, 0.8, 0.55, 0.3, 0.12], attack: 0.05, decay: 1.6 };

/**
 * The hold music: a composition of this project, computed and not recorded. Every note and echo that outlasts the end goes on at
 * the beginning, so that the piece can be repeated without a seam.
 *
 * @returns {Float64Array} samples between -1 and 1, peak -13 dB: softer than speech, as a waiting caller's music should be
 */
export function holdMusic() {
  const loop = new Float64Array(Math.round(26 * sampleRate));
  for (const [index, bar] of bars.entries()) {
    const start = index * beatsPerBar;
    add(loop, low, bar.bass, start, beatsPerBar, 0.1);
    for (const note of bar.chord) add(loop, pad, note, start, beatsPerBar, 0.1);
    for (const [step, note] of bar.arpeggio.entries()) {
      add(loop, pluck, note, start + step / 2, 2.5, step === 0 ? 0.13 : 0.09);
    }
    for (const [beat, note, beats] of bar.melody) add(loop, lead, note, start + beat, beats, 0.2);
  }
  return withPeak(withEcho(loop), -13);
}

/** Adds one note to the loop, wrapping past its end. Times in beats; the note is let go softly over a quarter of a second. */
function add(loop, voice, note, startBeat, beats, volume) {
  const frequency = 440 * 2 ** ((note - 69) / 12);
  const start = Math.round(startBeat * beatSeconds * sampleRate);
  const held = beats * beatSeconds;
  const release = 0.25;
  const length = Math.round((held + release) * sampleRate);
  for (let offset = 0; offset < length; offset += 1) {
    const time = offset / sampleRate;
    const attack = Math.min(1, time / voice.attack);
    const letGo = time < held ? 1 : 0.5 + 0.5 * Math.cos((Math.PI * (time - held)) / release);
    let sound = 0;
    for (const [above, level] of voice.overtones.entries()) {
      const overtone = above + 1;
      if (overtone * frequency > 3400) break;
      sound +=
        level * Math.exp((-time * overtone ** 0.7) / voice.decay) * Math.sin(2 * Math.PI * overtone * frequency * time);
    }
    const at = (start + offset) % loop.length;
    loop[at] += volume * attack * attack * letGo * sound;
  }
}

/** Two soft echoes on the dotted beat, wrapping past the end as the notes do. */
function withEcho(loop) {
  const delay = Math.round(0.75 * beatSeconds * sampleRate);
  return loop.map((sample, index) => {
    const once = loop[(index - delay + loop.length) % loop.length];
    const twice = loop[(index - 2 * delay + loop.length) % loop.length];
    return sample + 0.28 * once + 0.1 * twice;
  });
}

/**
 * A piece of music repeated; what jambonz plays once (`dialMusic` of an inbound call) must outlast the longest ring time.
 *
 * @param {Float64Array} loop
 * @param {number} times
 * @returns {Float64Array}
 */
export function repeated(loop, times) {
  const whole = new Float64Array(loop.length * times);
  for (let turn = 0; turn < times; turn += 1) whole.set(loop, turn * loop.length);
  return whole;
}

/**
 * The tone that asks for a message: 880 Hz for 0.35 s, faded at both ends so that it does not click.
 *
 * @returns {Float64Array}
 */
export function beep() {
  const seconds = 0.35;
  const fade = 0.02;
  const samples = new Float64Array(Math.round(seconds * sampleRate)).map((_, index) => {
    const time = index / sampleRate;
    const edge = Math.min(1, time / fade, (seconds - time) / fade);
    return edge * Math.sin(2 * Math.PI * 880 * time);
  });
  return withPeak(samples, -9);
}
