// The page is made by the master; this keeps it fresh and lets an operator act.
import { Live } from './live.js';
import { RateChart } from './chart.js';
import { watchPeers } from './peers.js';

const chart = new RateChart();
const live = new Live((connected) => chart.setConnected(connected));
watchPeers(() => live.refreshAll());
chart.start();
live.start();
