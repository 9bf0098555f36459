// Every view and its address. A view is loaded when it is first shown.

export interface ViewAt {
  /** Its address; ':name' is a part that it is given. */
  at: string;
  load: () => Promise<{ default: unknown }>;
  /** Needs no account. */
  free?: boolean;
  /** Needs none where the owner opened what is published. */
  open?: boolean;
}

export const views: ViewAt[] = [
  { at: '', load: () => import('./Home.svelte') },
  { at: '/years', load: () => import('./Years.svelte') },
  { at: '/years/:year', load: () => import('./Year.svelte') },
  { at: '/years/:year/files', load: () => import('./Import.svelte') },
  { at: '/years/:year/publish', load: () => import('./Publish.svelte') },
  { at: '/years/:year/history', load: () => import('./HistoryYear.svelte') },
  { at: '/history', load: () => import('./HistoryCell.svelte') },
  { at: '/progress', load: () => import('./Progress.svelte') },
  { at: '/strategies', load: () => import('./Strategies.svelte'), open: true },
  { at: '/strategies/new', load: () => import('./StrategyEdit.svelte') },
  { at: '/strategies/:id', load: () => import('./Strategy.svelte'), open: true },
  { at: '/strategies/:id/revise', load: () => import('./StrategyEdit.svelte') },
  { at: '/report', load: () => import('./Report.svelte') },
  { at: '/sign-in', load: () => import('./SignIn.svelte'), free: true },
  { at: '/link', load: () => import('./Link.svelte'), free: true },
  { at: '/framework', load: () => import('./Framework.svelte'), free: true },
  { at: '/framework/all', load: () => import('./FrameworkAll.svelte'), free: true },
  { at: '/framework/commitments', load: () => import('./FrameworkCommitments.svelte'), free: true },
  { at: '/framework/:feature', load: () => import('./Feature.svelte'), free: true },
  { at: '/apply', load: () => import('./SetupApply.svelte') },
  { at: '/to-agree', load: () => import('./ToAgree.svelte') },
  { at: '/settings', load: () => import('./Settings.svelte') },
  { at: '/settings/neighbours', load: () => import('./SettingsNeighbours.svelte') },
  { at: '/settings/keep', load: () => import('./SettingsKeep.svelte') },
  { at: '/settings/health', load: () => import('./SettingsHealth.svelte') },
  { at: '/settings/accounts', load: () => import('./SettingsAccounts.svelte') },
  { at: '/settings/hooks', load: () => import('./SettingsHooks.svelte') },
  { at: '/settings/password', load: () => import('./SettingsPassword.svelte') },
  { at: '/practices', load: () => import('./Practices.svelte'), open: true },
  { at: '/practices/new', load: () => import('./PracticeNew.svelte') },
  { at: '/practices/:id', load: () => import('./Practice.svelte'), open: true },
  { at: '/practices/:id/revise', load: () => import('./PracticeRevise.svelte') },
  { at: '/practices/:id/translate', load: () => import('./PracticeTranslate.svelte') },
  { at: '/news', load: () => import('./News.svelte') },
  { at: '/following', load: () => import('./Following.svelte') },
  { at: '/offers', load: () => import('./Offers.svelte'), open: true },
  { at: '/offers/new', load: () => import('./OfferNew.svelte') },
  { at: '/offers/matches', load: () => import('./OfferMatches.svelte') },
  { at: '/offers/:id/revise', load: () => import('./OfferRevise.svelte') },
  { at: '/offers/:id', load: () => import('./Offer.svelte'), open: true },
  { at: '/partnerships', load: () => import('./Partnerships.svelte'), open: true },
  { at: '/notices', load: () => import('./Notices.svelte'), open: true },
  { at: '/notices/new', load: () => import('./NoticeNew.svelte') },
  { at: '/notices/:id/revise', load: () => import('./NoticeRevise.svelte') },
  { at: '/notices/:id', load: () => import('./Notice.svelte'), open: true },
  { at: '/cities', load: () => import('./Cities.svelte'), open: true },
  { at: '/cities/map', load: () => import('./CityMap.svelte'), open: true },
  { at: '/cities/:slug', load: () => import('./City.svelte'), open: true },
  { at: '/beside', load: () => import('./Beside.svelte'), open: true },
  { at: '/questions', load: () => import('./Questions.svelte'), open: true },
  { at: '/questions/:id', load: () => import('./Topic.svelte'), open: true },
  { at: '/topics/new', load: () => import('./TopicNew.svelte') },
  { at: '/topics/:id', load: () => import('./Topic.svelte'), open: true },
];
