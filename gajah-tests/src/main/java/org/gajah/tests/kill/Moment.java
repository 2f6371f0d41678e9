package org.gajah.tests.kill;

/** When the server is killed. */
enum Moment { UNDER_LOAD, IN_A_CHECKPOINT, IN_RECOVERY }
