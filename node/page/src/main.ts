import { mount } from 'svelte';

import App from './App.svelte';
import './page.css';
import { useLanguage, preferredLanguage } from './lib/words.svelte';

const target = document.getElementById('app');
if (target) {
  await useLanguage(preferredLanguage());
  mount(App, { target });
}
