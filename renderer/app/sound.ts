// Short tones, made here: nothing is loaded. A window that may not sound yet (nobody touched it) stays silent; the line above the
// page is there all the same.

/** What calls: a signal, a gate that waits, an open breaker. */
export type Tone = 'chime' | 'gate' | 'breaker';

/** Rising for a signal, twice the same for a gate, falling for the breaker. */
const PITCHES: Record<Tone, readonly number[]> = { chime: [660, 880], gate: [523, 523], breaker: [880, 587] };

/** Sounds once. Resolves when it was handed to the device, false when the window may not sound. */
export async function sound(tone: Tone): Promise<boolean> {
  try {
    const context = new AudioContext();
    if (context.state === 'suspended') await context.resume();
    for (const [i, pitch] of PITCHES[tone].entries()) {
      const note = context.createOscillator();
      const gain = context.createGain();
      const at = context.currentTime + i * 0.24;
      note.frequency.value = pitch;
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(0.2, at + 0.02);
      gain.gain.linearRampToValueAtTime(0, at + 0.2);
      note.connect(gain).connect(context.destination);
      note.start(at);
      note.stop(at + 0.22);
    }
    setTimeout(() => void context.close(), 1000);
    return true;
  } catch {
    return false;
  }
}
