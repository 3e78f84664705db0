/** Two soft tones, without a file. Silent where the browser lets a page make no sound before it was clicked. */
export function ringBell(): void {
  const sound = new AudioContext();
  const from = sound.currentTime;
  const tones = [880, 660].map((frequency, at) => {
    const tone = sound.createOscillator();
    const loudness = sound.createGain();
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0.2, from + at * 0.25);
    loudness.gain.exponentialRampToValueAtTime(0.001, from + at * 0.25 + 0.4);
    tone.connect(loudness).connect(sound.destination);
    tone.start(from + at * 0.25);
    tone.stop(from + at * 0.25 + 0.4);
    return tone;
  });
  tones.at(-1)?.addEventListener("ended", () => void sound.close());
}
