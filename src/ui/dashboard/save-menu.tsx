import { Menu } from "@base-ui/react/menu";
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./save-menu.module.css";

/** A button with a menu of files to save. */
export function SaveMenu({
  label,
  className,
  children,
  items,
}: {
  label?: string;
  className?: string;
  children?: ReactNode;
  items: { label: string; onSave: () => void }[];
}) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className={className} aria-label={label} title={label}>
        <Download size={16} aria-hidden="true" />
        {children}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={styles.positioner} align="end" sideOffset={4}>
          <Menu.Popup className={styles.popup}>
            {items.map(({ label, onSave }) => (
              <Menu.Item key={label} className={styles.item} onClick={onSave}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
