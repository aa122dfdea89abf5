import { Dialog } from '../../app/dialogs.tsx';

export function Palette({ onClose }: { onClose: () => void }) {
  return (
    <Dialog className="pal" label="Palette" onClose={onClose}>
      <p />
    </Dialog>
  );
}
