import { Redo2, RefreshCw } from "lucide-react";
import { formatCount, formatTokens, formatWait } from "../../lib/format";
import { goOn, tell } from "../../store/prompt";
import { endings } from "../../store/sheet";
import { type Telling, useStudio } from "../../store/studio";
import { Button } from "../kit/button";
import { More } from "../kit/more";
import { Actions } from "../kit/panel";
import styles from "./tellings.module.css";
import { ToldText } from "./told-text";
import shades from "./told-text.module.css";

/** What the model told: the newest story, and the earlier ones folded away. */
export function Tellings() {
  const [newest, ...earlier] = useStudio((state) => state.tellings);
  if (newest === undefined) return null;
  return (
    <>
      <Shading />
      <Story key={newest.id} telling={newest} label="Story" />
      {earlier.length > 0 && (
        <More title={`Earlier stories (${earlier.length})`}>
          {earlier.map((telling) => (
            <Story key={telling.id} telling={telling} label="Earlier story" />
          ))}
        </More>
      )}
    </>
  );
}

/** The switch between shaded tokens and plain text, and what the shades mean. */
function Shading() {
  const shade = useStudio((state) => state.shade);
  return (
    <div className={styles.shading}>
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={shade}
          onChange={({ target }) => useStudio.setState({ shade: target.checked })}
        />
        Shade by probability
      </label>
      {shade && (
        <ul className={styles.legend} aria-label="Shades">
          <li>likely</li>
          <li className={shades.likely}>&lt; 70%</li>
          <li className={shades.possible}>&lt; 30%</li>
          <li className={shades.unlikely}>&lt; 10%</li>
          <li className={shades.rare}>&lt; 2%</li>
        </ul>
      )}
    </div>
  );
}

function Story({ telling, label }: { telling: Telling; label: string }) {
  const { prompt, pace, end } = telling;
  return (
    <article className={styles.story} aria-label={label} aria-busy={end === null}>
      <ToldText telling={telling} />
      <div>
        <p className={styles.note} role="status">
          {end === null ? "Telling …" : summaryOf(telling)}
        </p>
        {pace && (
          <p className={styles.note} data-testid="pace">
            First token after {formatWait(pace.secondsToFirst)}
            {pace.tokensPerSecond > 0 && ` · ${perSecond(pace.tokensPerSecond)} tokens a second`}
          </p>
        )}
      </div>
      <Actions>
        <Button quiet icon={RefreshCw} disabled={end === null} onClick={() => tell(prompt)}>
          Regenerate
        </Button>
        <Button quiet icon={Redo2} disabled={end === null} onClick={() => goOn(telling)}>
          Continue
        </Button>
      </Actions>
    </article>
  );
}

function summaryOf({ end, tokens, steps, sampling }: Telling): string {
  const { first, last } = steps;
  const span =
    first === last
      ? `step ${formatCount(first)}`
      : `steps ${formatCount(first)} to ${formatCount(last)}`;
  return `${endings[end!]} · ${formatTokens(tokens.length)} · model at ${span} · seed ${sampling.seed}`;
}

function perSecond(rate: number): string {
  return rate < 9.95 ? rate.toFixed(1) : formatCount(rate);
}
