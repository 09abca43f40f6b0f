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
  main,
  quiet,
  icon: Icon,
  disabled,
}: Look & {
  label: string;
  accept: string;
  onFile: (file: File) => void;
  disabled?: boolean;
}) {
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
        disabled={disabled}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file can be chosen again later.
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
