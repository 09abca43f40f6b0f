import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import styles from "./button.module.css";
import { classes } from "./classes";

interface Look {
  /** The one thing to do next: it stands out, and the bar at the bottom leads to it. */
  main?: boolean;
  quiet?: boolean;
  icon?: LucideIcon;
}

export function Button({
  main,
  quiet,
  icon: Icon,
  className,
  children,
  ...rest
}: Look & ComponentProps<"button">) {
  return (
    <button
      type="button"
      data-main={main || undefined}
      className={classes(styles.button, main && styles.main, quiet && styles.quiet, className)}
      {...rest}
    >
      {Icon && <Icon size={18} aria-hidden="true" />}
      {children}
    </button>
  );
}

/** A file input that looks like a button, and keeps the input's keyboard and screen reader manners. */
export function FileButton({
  label,
  accept,
  onFile,
  onFiles,
  main,
  quiet,
  icon: Icon,
  disabled,
}: Look & {
  label: string;
  accept: string;
  disabled?: boolean;
} & (
    | { onFile: (file: File) => void; onFiles?: never }
    /** Takes several at once. */
    | { onFile?: never; onFiles: (files: File[]) => void }
  )) {
  return (
    <label
      className={classes(
        styles.button,
        styles.file,
        main && styles.main,
        quiet && styles.quiet,
        disabled && styles.disabled,
      )}
    >
      {Icon && <Icon size={18} aria-hidden="true" />}
      {label}
      <input
        type="file"
        className={styles.input}
        data-main={main || undefined}
        accept={accept}
        multiple={onFiles !== undefined}
        disabled={disabled}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file can be chosen again later.
          event.target.value = "";
          if (files[0]) onFile?.(files[0]);
          if (files.length > 0) onFiles?.(files);
        }}
      />
    </label>
  );
}
