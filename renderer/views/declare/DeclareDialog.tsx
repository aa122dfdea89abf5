import { Dialog } from '../../app/dialogs.tsx';

export function DeclareDialog({ onClose }: { onClose: () => void; signals: readonly string[] }) {
  return (
    <Dialog className="dec" label="Declare" onClose={onClose}>
      <p />
    </Dialog>
  );
}
