import { formatBytes, formatCount } from "../../lib/format";
import type { FileReport, Separator } from "../../worker/api";
import { More } from "../kit/more";
import styles from "./table.module.css";

const separators: Record<Separator, string> = {
  endoftext: "lines <|endoftext|>",
  "blank-line": "blank lines",
  line: "one story a line",
};
const kinds = { jsonl: "JSON Lines", csv: "CSV", text: "text" };

function howRead({ kind, gzipped, separator, column }: FileReport): string {
  const rest = separator !== null ? separators[separator] : column === null ? null : `“${column}”`;
  return [kinds[kind], gzipped && "gzip", rest].filter(Boolean).join(", ");
}

/** The files of a text, where there is more to say of them than a name. */
export function FileList({ files }: { files: FileReport[] }) {
  const plain = files.length === 1 && files[0]!.kind === "text" && !files[0]!.gzipped;
  if (plain) return null;
  return (
    <More title={files.length === 1 ? "The file" : `${formatCount(files.length)} files`}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Read as</th>
              <th scope="col" className={styles.number}>
                Stories
              </th>
              <th scope="col" className={styles.number}>
                Size
              </th>
            </tr>
          </thead>
          <tbody>
            {files.map((file, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and the list never changes
              <tr key={i}>
                <th scope="row">{file.name}</th>
                <td>{howRead(file)}</td>
                <td className={styles.number}>{formatCount(file.stories)}</td>
                <td className={styles.number}>{formatBytes(file.bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </More>
  );
}
