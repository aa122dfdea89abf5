// A page that fails is said on that page; the bars stay, and the log of this machine gets the reason.
import { Component, type ReactNode } from 'react';
import { ui } from '../../shared/text/ui.ts';
import { Button } from '../components/Button.tsx';
import { St } from '../components/St.tsx';

interface Props {
  readonly children: ReactNode;
  readonly report: (message: string, where: string) => void;
}

export class ErrorBoundary extends Component<Props, { readonly message: string | null }> {
  override state: { readonly message: string | null } = { message: null };

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(error: unknown): void {
    this.props.report(error instanceof Error ? (error.stack ?? error.message) : String(error), 'view');
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <main id="main" className="whole" tabIndex={-1}>
        <h1>
          <St kind="failed" />
          {ui.failed}
        </h1>
        <p>{this.state.message}</p>
        <p className="dim">{ui.failedWay}</p>
        <Button onPress={() => this.setState({ message: null })}>{ui.tryAgain}</Button>
      </main>
    );
  }
}
