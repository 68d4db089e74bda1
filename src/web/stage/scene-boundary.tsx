import { Component, type ReactNode } from 'react';

interface Props {
  readonly scene: string;
  readonly children: ReactNode;
}

/** Gives a fault its scene's name and passes it on: whoever shows the film decides what to do. */
export class SceneBoundary extends Component<Props, { readonly fault: unknown }> {
  override state: { readonly fault: unknown } = { fault: null };

  static getDerivedStateFromError(fault: unknown) {
    return { fault };
  }

  override render() {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw new Error(`scene "${this.props.scene}": ${reason}`, { cause: fault });
  }
}
