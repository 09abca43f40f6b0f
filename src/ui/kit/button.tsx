import type { LucideIcon } from "lucide-react";
import type { ComponentProps, SyntheticEvent } from "react";
import styles from "./button.module.css";
import { classes } from "./classes";

interface Look {
  /** The one thing to do next: it stands out, and the bar at the bottom leads to it. */
  main?: boolean;
  quiet?: boolean;
  icon?: LucideIcon;
}

/**
 * A button. While `disabled` it does nothing and says so, but keeps the focus: the browser takes the
 * focus from an element with the `disabled` attribute, and whoever goes by keyboard begins anew.
 */
export function Button({
  main,
  quiet,
  icon: Icon,
  className,
  children,
  disabled,
  onClick,
  ...rest
}: Look & ComponentProps<"button">) {
  return (
    <button
      type="button"
      data-main={main || undefined}
      className={classes(styles.button, main && styles.main, quiet && styles.quiet, className)}
      {...rest}
      aria-disabled={disabled || undefined}
      // Also stops the form's submission, by this button or by Enter in a field.
      onClick={disabled ? refuse : onClick}
    >
      {Icon && <Icon size={18} aria-hidden="true" />}
      {children}
    </button>
  );
}

function refuse(event: SyntheticEvent): void {
  event.preventDefault();
  event.stopPropagation();
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
        // As with the button: it keeps the focus that it has.
        aria-disabled={disabled || undefined}
        onClick={disabled ? refuse : undefined}
        onDrop={disabled ? refuse : undefined}
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
