import { RotateCcw } from "lucide-react";
import { Component, type ReactNode } from "react";
import { type Problem, toProblem } from "../../lib/errors";
import { Button } from "./button";
import { ProblemText } from "./problem-notice";

interface State {
  broken: Problem | null;
}

/** Keeps an error of one part to that part: else React would take the whole page away, and the run with it. */
export class PanelBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { broken: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return {
      broken: {
        ...toProblem(thrown),
        wayOut: "The rest of the page goes on. If it happens again, please report it.",
      },
    };
  }

  override render(): ReactNode {
    const { broken } = this.state;
    if (broken === null) return this.props.children;
    return (
      <>
        <ProblemText problem={broken} />
        <div>
          <Button icon={RotateCcw} onClick={() => this.setState({ broken: null })}>
            Show this part again
          </Button>
        </div>
      </>
    );
  }
}
