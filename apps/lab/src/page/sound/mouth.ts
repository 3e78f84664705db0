/** What is spoken into a telephone, sent on as it comes. */
export interface Mouth {
  /** False: the browser gave no microphone (none there, or refused), and a tone speaks instead. */
  readonly microphone: boolean;
  close(): void;
}

/** What telephones carry. */
const RATE = 8_000;
const FRAME = 1_024;
/** A voice that anybody hears to be none: two notes, a second each. */
const TONE = { frequencies: [392, 494], noteMs: 1_000, level: 0.2 };

/**
 * Opens the microphone, or a tone where there is none, and gives what it hears as 16 bit samples at 8,000 a second, mono. Must be called from
 * a click: browsers ask the person then.
 */
export async function openMouth(send: (samples: Int16Array<ArrayBuffer>) => void): Promise<Mouth> {
  const context = new AudioContext();
  const stream = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => null);
  const source = stream ? context.createMediaStreamSource(stream) : tone(context);
  // An AudioWorklet would need a file of its own for these ten lines.
  const listener = context.createScriptProcessor(FRAME, 1, 1);
  const step = context.sampleRate / RATE;
  let at = 0;
  listener.onaudioprocess = ({ inputBuffer }) => {
    const heard = inputBuffer.getChannelData(0);
    const samples: number[] = [];
    for (; at < heard.length; at += step) samples.push(Math.round(32_767 * average(heard, at, at + step)));
    at -= heard.length;
    send(Int16Array.from(samples));
  };
  source.connect(listener);
  // Without a way out nothing is processed; nothing is written to it, so nothing is heard.
  listener.connect(context.destination);
  return {
    microphone: Boolean(stream),
    close() {
      listener.onaudioprocess = null;
      for (const track of stream?.getTracks() ?? []) track.stop();
      void context.close();
    },
  };
}

/** The mean of the samples of a stretch: enough of a filter for a voice on a telephone. */
function average(samples: Float32Array, from: number, to: number): number {
  const first = Math.floor(from);
  const last = Math.min(samples.length, Math.max(first + 1, Math.floor(to)));
  let sum = 0;
  for (let at = first; at < last; at += 1) sum += samples[at] ?? 0;
  return Math.max(-1, Math.min(1, sum / (last - first)));
}

function tone(context: AudioContext): AudioNode {
  const oscillator = context.createOscillator();
  const level = context.createGain();
  level.gain.value = TONE.level;
  const { frequencies, noteMs } = TONE;
  for (let note = 0; note < 600; note += 1) {
    const frequency = frequencies[note % frequencies.length] ?? RATE / 20;
    oscillator.frequency.setValueAtTime(frequency, context.currentTime + (note * noteMs) / 1_000);
  }
  oscillator.connect(level);
  oscillator.start();
  return level;
}
