// SPDX-License-Identifier: Apache-2.0
// One user: list, code path, latest events, neighbours. Follows the user until another is asked for.

import { count, element, moment, number, plural, replace, table } from './format.js';

const SUGGEST_AFTER_MILLIS = 200;
const HASH = '#user=';
const REASONS = { event: 'the user acted', refresh: 'it was due', cold_start: 'the user is new' };
let user = null;
let said = '';
let suggesting = 0;

const at = (id) => document.getElementById(id);

export function install() {
  at('look-up-form').addEventListener('submit', (event) => {
    event.preventDefault();
    look(at('user-id').value.trim());
  });
  at('user-id').addEventListener('input', () => {
    clearTimeout(suggesting);
    suggesting = setTimeout(suggest, SUGGEST_AFTER_MILLIS);
  });
  at('user-id').addEventListener('focus', suggest);
  addEventListener('hashchange', fromHash);
  fromHash();
}

function fromHash() {
  if (location.hash.startsWith(HASH)) {
    const id = decodeURIComponent(location.hash.slice(HASH.length));
    if (id !== user) {
      look(id);
    }
  }
}

async function suggest() {
  try {
    const answer = await fetch(`api/users?prefix=${encodeURIComponent(at('user-id').value.trim())}`);
    const { users } = await answer.json();
    at('user-ids').replaceChildren(...users.map((id) => element('option', { value: id })));
  } catch {
    // The page says already that the connection is lost.
  }
}

async function look(id) {
  if (id === '') {
    user = null;
    say('Type the id of a user.');
    replace(at('look-up-result'));
    return;
  }
  user = id;
  said = '';
  at('user-id').value = id;
  history.replaceState(null, '', `${HASH}${encodeURIComponent(id)}`);
  await refresh();
}

function say(text) {
  if (text !== said) {
    said = text;
    at('look-up-status').textContent = text;
  }
}

/** Reads the user that is shown again. */
export async function refresh() {
  if (user == null) {
    return;
  }
  const id = user;
  const answer = await fetch(`api/user?id=${encodeURIComponent(id)}`);
  const found = await answer.json();
  if (id !== user) {
    return;
  }
  if (!answer.ok || !found.held) {
    say(found.fault ?? found.message);
    replace(at('look-up-result'));
    return;
  }
  say(`User ${id}: ${found.list ? plural(found.list.items.length, 'item', 'items') : 'no list'}`
    + `, ${plural(found.events.length, 'event', 'events')} held.`);
  if (!at('look-up-result').contains(document.activeElement)) {
    replace(at('look-up-result'), element('div', { class: 'found' }, list(found), events(found), neighbours(found)));
  }
}

/** Says how many users are held, and whether some were let go. */
export function showHeld(users) {
  const gone = users.let_go === 0
    ? ''
    : `; ${count(users.let_go)} of those who were active least recently were let go (--users holds more)`;
  at('held').textContent = `${plural(users.held, 'user', 'users')} held, at most ${count(users.capacity)}${gone}.`;
}

function list({ list: found }) {
  const part = element('div', {}, element('h3', {}, 'List'));
  if (!found) {
    part.append(element('p', { class: 'empty' }, 'None was seen.'));
    return part;
  }
  const rows = found.items.map((item, i) => [String(i + 1), item.item_id, number(item.score)]);
  part.append(
    element('p', { class: 'muted' },
      `Made ${moment(found.generated_at)}: ${REASONS[found.reason] ?? found.reason}.`),
    table('Items, the best first',
      [{ title: 'Rank', number: true }, { title: 'Item', wide: true }, { title: 'Score', number: true }], rows));
  return part;
}

function path(codes, shared = 0) {
  if (codes.length === 0) {
    return element('span', { class: 'muted' }, 'not known');
  }
  return element('span', { class: 'path' }, ...codes.map((code, i) =>
    element('b', { class: i < shared ? 'shared' : null }, String(code))));
}

function events({ code_path: codes, events: latest }) {
  const part = element('div', {}, element('h3', {}, 'Code path'));
  part.append(element('p', {}, path(codes)),
    element('p', { class: 'muted' }, codes.length === 0
      ? 'A list says its user\u2019s codes once the codebook is fitted.'
      : `Codes of level 1 to ${codes.length}.`),
    element('h3', {}, 'Latest events'));
  if (latest.length === 0) {
    part.append(element('p', { class: 'empty' }, 'None was seen.'));
    return part;
  }
  const rows = latest.map((event) =>
    [moment(event.timestamp), event.event_type, event.item_id, event.value == null ? '' : number(event.value)]);
  part.append(table('Latest events, the newest first',
    [{ title: 'Event time' }, { title: 'Type' }, { title: 'Item', wide: true }, { title: 'Value', number: true }], rows));
  return part;
}

function neighbours({ code_path: codes, neighbours: found }) {
  const part = element('div', {}, element('h3', {}, 'Neighbours'));
  if (found.count === 0) {
    part.append(element('p', { class: 'empty' }, codes.length === 0
      ? 'None without a code path.'
      : 'No other held user shares the first code.'));
    return part;
  }
  const same = found.shared === codes.length;
  part.append(element('p', { class: 'muted' },
    `${plural(found.count, 'held user has', 'held users have')} ${same
      ? 'the same path'
      : `the first ${found.shared} of ${codes.length} codes`}; those with the newest lists:`));
  const rows = found.users.map((other) => {
    const button = element('button', { type: 'button' }, other.user_id);
    button.addEventListener('click', () => {
      at('user-id').focus();
      look(other.user_id);
    });
    return [button, path(other.code_path, found.shared), other.items.join(' ')];
  });
  part.append(table('Neighbours by codes',
    [{ title: 'User' }, { title: 'Code path' }, { title: 'First items of the list', wide: true }], rows));
  return part;
}
