// Two short tones, made here: nothing is loaded. A window that may not sound yet (nobody touched it) stays silent; the line above the page is there all the same.

/** Sounds once. Resolves when it was handed to the device, false when the window may not sound. */
export async function chime(): Promise<boolean> {
  try {
    const context = new AudioContext();
    if (context.state === 'suspended') await context.resume();
    for (const [i, pitch] of [660, 880].entries()) {
      const tone = context.createOscillator();
      const gain = context.createGain();
      const at = context.currentTime + i * 0.22;
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(0.2, at + 0.02);
      gain.gain.linearRampToValueAtTime(0, at + 0.2);
      tone.connect(gain).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.22);
    }
    setTimeout(() => void context.close(), 1000);
    return true;
  } catch {
    return false;
  }
}
