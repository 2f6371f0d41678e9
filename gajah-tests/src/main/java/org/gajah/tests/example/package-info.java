/** Programs that the documentation shows; tests run them and compare them with what it shows. */
package org.gajah.tests.example;
