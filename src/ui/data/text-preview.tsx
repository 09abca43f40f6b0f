import { formatBytes, formatCount, formatShare } from "../../lib/format";
import { useIntake } from "../../store/intake";
import type { CorpusSummary, Separator, TextReport } from "../../worker/api";
import { type Fact, Facts } from "../kit/facts";
import { Hint } from "../kit/panel";
import { FileList } from "./file-list";
import { OddCharacterList } from "./odd-characters";
import { ReadingChoices } from "./reading-choices";
import { Samples } from "./samples";
import { LengthChart } from "./story-lengths";

const separators: Record<Separator, string> = {
  endoftext: "split by lines <|endoftext|>",
  "blank-line": "split by blank lines",
  line: "one story a line",
};

function howSplit({ separator }: CorpusSummary, { files }: TextReport): string {
  if (separator !== null) return separators[separator];
  const [first] = files;
  const same = files.every((file) => file.kind === first!.kind && file.column === first!.column);
  if (!same) return "files of different kinds";
  return first!.column === null ? "one a line" : `from “${first!.column}”`;
}

const plural = (count: number, one: string, more: string) =>
  `${formatCount(count)} ${count === 1 ? one : more}`;

function facts(text: CorpusSummary, report: TextReport): Fact[] {
  const { stories, heldOutStories } = text;
  const { duplicates, comparedStories, odd } = report;
  const oddKinds = odd.different + odd.mojibake.length;
  return [
    { label: "Stories", value: formatCount(stories), note: howSplit(text, report) },
    {
      label: "Characters",
      value: formatCount(text.characters),
      note: `${plural(report.words, "word", "words")}, ${formatBytes(text.bytes)}`,
    },
    {
      label: "Held out",
      value: formatShare(heldOutStories / stories),
      note: `${plural(heldOutStories, "story", "stories")} to test on${report.heldOutCapped ? ", 2 MB at most" : ""}`,
    },
    {
      label: "Duplicates",
      value: formatCount(duplicates),
      note:
        comparedStories < stories
          ? `among the first ${formatCount(comparedStories)}`
          : duplicates === 0
            ? "no story is there twice"
            : "equal to an earlier story, and kept",
    },
    {
      label: "Odd characters",
      value: formatCount(oddKinds),
      note: oddKinds === 0 ? "nothing strange found" : "see below",
    },
  ];
}

/** What the open text is like. */
export function TextPreview({ text, report }: { text: CorpusSummary; report: TextReport }) {
  const inMemory = useIntake((state) => state.tokensInMemory);
  const empty = report.files.reduce((sum, file) => sum + file.emptyRecords, 0);
  return (
    <>
      <Facts facts={facts(text, report)} />
      {text.cutStories > 0 && (
        <Hint>
          {plural(text.cutStories, "story was", "stories were")} longer than a megabyte and became
          several.
        </Hint>
      )}
      {empty > 0 && (
        <Hint>{plural(empty, "record has", "records have")} no text there and are left out.</Hint>
      )}
      {inMemory && (
        <Hint>
          This browser gives the page no storage of its own (a private window, perhaps), so the text
          is kept in memory as tokens. That is fine up to some hundred megabytes.
        </Hint>
      )}
      <Samples key={text.name} samples={report.samples} stories={text.stories} />
      <LengthChart lengths={report.lengths} />
      <OddCharacterList odd={report.odd} />
      <FileList files={report.files} />
      <ReadingChoices report={report} />
    </>
  );
}
