// SPDX-License-Identifier: Apache-2.0
// Light, dark, or as the system says; kept in this browser.

const NAMES = ['auto', 'light', 'dark'];
const KEY = 'freshet.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
let chosen = 'auto';
let changed = () => {};

try {
  chosen = NAMES.includes(localStorage.getItem(KEY)) ? localStorage.getItem(KEY) : 'auto';
} catch {
  // No storage: as the system says.
}

function apply() {
  const dark = chosen === 'dark' || (chosen === 'auto' && system.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  changed();
}

apply();

/** Lets a button go through the themes; tells when colours have changed. */
export function install(button, onChange) {
  changed = onChange;
  const label = () => {
    button.textContent = `Theme: ${chosen}`;
  };
  label();
  button.addEventListener('click', () => {
    chosen = NAMES[(NAMES.indexOf(chosen) + 1) % NAMES.length];
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // For this visit, then.
    }
    label();
    apply();
  });
  system.addEventListener('change', apply);
}

/** A colour of the theme, by its name in monitor.css. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
