// Who asks, chosen in the page. A token for it is fetched from this hub when one is needed, and kept until it is nearly
// over. Only a hub that gives tokens itself shows the choice. Runs in the browser.

const storedAt = 'nonet:viewer';

/** Gives the header that shows who asks; or, as an answer with errors, why there is none. */
export function authorizationOfViewer(form, offer) {
  if (form === null) return async () => ({});
  fill(form, offer);
  let held = { wish: null, header: {}, untilMs: 0 };
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => {
    fit(form, offer);
    sessionStorage.setItem(storedAt, JSON.stringify(choiceOf(form)));
    form.querySelector('output').textContent = '';
  });
  return async () => {
    const wish = JSON.stringify(wishOf(form));
    if (held.wish === wish && performance.now() < held.untilMs) return held.header;
    const response = await fetch('/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: wish,
    });
    const answer = await response.json();
    form.querySelector('output').textContent = answer.errors?.[0].message ?? '';
    if (answer.errors) return answer;
    const header = { authorization: `Bearer ${answer.token}` };
    held = { wish, header, untilMs: performance.now() + (answer.expiresInSeconds - 60) * 1000 };
    return header;
  };
}

function fill(form, { roles, courts, otherwise }) {
  const { role, court, taskForces } = form.elements;
  role.append(...roles.map(({ name, title }) => new Option(title, name)));
  court.append(new Option('—', ''), ...courts.map(({ code, name }) => new Option(`${code} ${name}`, code)));
  const stored = JSON.parse(sessionStorage.getItem(storedAt) ?? 'null');
  const chosen = stored ?? { ...otherwise, taskForces: '' };
  role.value = chosen.role;
  court.value = chosen.court ?? '';
  taskForces.value = chosen.taskForces;
  fit(form, { roles });
}

/** Who belongs to no court has none to choose. */
function fit(form, { roles }) {
  const { role, court, taskForces } = form.elements;
  const isOutside = roles.find(({ name }) => name === role.value)?.court === 'never';
  court.disabled = isOutside;
  taskForces.disabled = isOutside;
}

function choiceOf({ elements: { role, court, taskForces } }) {
  return { role: role.value, court: court.value, taskForces: taskForces.value };
}

function wishOf({ elements: { role, court, taskForces } }) {
  const ids = taskForces.value.split(/[\s,，]+/).filter((id) => id !== '');
  return {
    role: role.value,
    ...(!court.disabled && court.value !== '' && { court: court.value }),
    ...(!taskForces.disabled && ids.length > 0 && { task_forces: ids }),
  };
}
