// Puts text on the clipboard. Where the page may not write it (an old policy, a window without focus), a selection is copied instead.

/** True when the system has taken it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const before = document.activeElement;
  const box = document.createElement('textarea');
  box.value = text;
  box.setAttribute('readonly', '');
  box.setAttribute('aria-hidden', 'true');
  box.className = 'vh';
  document.body.append(box);
  box.select();
  const taken = document.execCommand('copy');
  box.remove();
  if (before instanceof HTMLElement) before.focus();
  return taken;
}
