package org.gajah.plpgsql;

import java.util.List;
import java.util.Optional;

/** A statement of PL/pgSQL. */
sealed interface Step {
    /** The line it begins on, from 1. */
    int line();

    /** What a CONTEXT line calls it. */
    String what();

    record Block(int line, String label, List<Variable> variables, List<Step> body, List<Handler> handlers, Variable state, Variable message)
            implements Step {
        @Override
        public String what() {
            return "statement block";
        }
    }

    /** WHEN conditions THEN body; a condition is a SQLSTATE, or empty for OTHERS. */
    record Handler(List<String> states, List<Step> body) {
    }

    record Assign(int line, Target target, Code value) implements Step {
        @Override
        public String what() {
            return "assignment";
        }
    }

    record If(int line, List<Branch> branches, List<Step> otherwise) implements Step {
        @Override
        public String what() {
            return "IF";
        }
    }

    /** A condition and what follows from it. */
    record Branch(Code condition, List<Step> body) {
    }

    record Case(int line, Optional<Assign> subject, List<Branch> branches, Optional<List<Step>> otherwise) implements Step {
        @Override
        public String what() {
            return "CASE";
        }
    }

    record Loop(int line, String label, List<Step> body) implements Step {
        @Override
        public String what() {
            return "LOOP";
        }
    }

    record While(int line, String label, Code condition, List<Step> body) implements Step {
        @Override
        public String what() {
            return "WHILE";
        }
    }

    record ForRange(int line, String label, Variable variable, boolean reverse, Code from, Code to, Optional<Code> by, List<Step> body)
            implements Step {
        @Override
        public String what() {
            return "FOR with integer loop variable";
        }
    }

    record ForRows(int line, String label, Target target, Query query, List<Step> body) implements Step {
        @Override
        public String what() {
            return query instanceof Query.Dynamic ? "FOR over EXECUTE statement" : "FOR over SELECT rows";
        }
    }

    record ForCursor(int line, String label, Variable row, Variable cursor, List<Code> arguments, List<Step> body) implements Step {
        @Override
        public String what() {
            return "FOR over cursor";
        }
    }

    record ForEach(int line, String label, Target target, int slice, Code array, List<Step> body) implements Step {
        @Override
        public String what() {
            return "FOREACH over array";
        }
    }

    /** A statement as written, or a text that is computed. */
    sealed interface Query {
        record Written(Code code) implements Query {
        }

        record Dynamic(Code text, List<Code> arguments) implements Query {
        }
    }

    /** EXIT or CONTINUE. */
    record Leave(int line, boolean exit, String label, Optional<Code> condition) implements Step {
        @Override
        public String what() {
            return exit ? "EXIT" : "CONTINUE";
        }
    }

    record Return(int line, Optional<Code> value) implements Step {
        @Override
        public String what() {
            return "RETURN";
        }
    }

    record ReturnNext(int line, Optional<Code> value) implements Step {
        @Override
        public String what() {
            return "RETURN NEXT";
        }
    }

    record ReturnQuery(int line, Query query) implements Step {
        @Override
        public String what() {
            return "RETURN QUERY";
        }
    }

    /** RAISE; without level, condition and message it raises the error that is being handled. */
    record Raise(int line, String level, String condition, Optional<String> format, List<Code> arguments, List<RaiseOption> options)
            implements Step {
        @Override
        public String what() {
            return "RAISE";
        }
    }

    /** USING name = value. */
    record RaiseOption(String name, Code value) {
    }

    record Assert(int line, Code condition, Optional<Code> message) implements Step {
        @Override
        public String what() {
            return "ASSERT";
        }
    }

    /** A statement of SQL, maybe INTO. */
    record Sql(int line, Code code, Optional<Target> into, boolean strict) implements Step {
        @Override
        public String what() {
            return "SQL statement";
        }
    }

    record Perform(int line, Code code) implements Step {
        @Override
        public String what() {
            return "PERFORM";
        }
    }

    /** CALL and DO. */
    record Call(int line, Code code, boolean isCall) implements Step {
        @Override
        public String what() {
            return isCall ? "CALL" : "DO";
        }
    }

    record Execute(int line, Query.Dynamic query, Optional<Target> into, boolean strict) implements Step {
        @Override
        public String what() {
            return "EXECUTE";
        }
    }

    record Diagnostics(int line, boolean stacked, List<Item> items) implements Step {
        /** One thing to know and where it goes. */
        record Item(String name, Target target) {
        }

        @Override
        public String what() {
            return stacked ? "GET STACKED DIAGNOSTICS" : "GET DIAGNOSTICS";
        }
    }

    record Open(int line, Variable cursor, Optional<Query> query, Optional<Boolean> scroll, List<Code> arguments) implements Step {
        @Override
        public String what() {
            return "OPEN";
        }
    }

    /** FETCH or MOVE: the direction as SQL writes it. */
    record Fetch(int line, Variable cursor, String direction, Optional<Code> count, Optional<Target> into) implements Step {
        @Override
        public String what() {
            return into.isPresent() ? "FETCH" : "MOVE";
        }
    }

    record Close(int line, Variable cursor) implements Step {
        @Override
        public String what() {
            return "CLOSE";
        }
    }

    record Null(int line) implements Step {
        @Override
        public String what() {
            return "NULL";
        }
    }

    /** COMMIT or ROLLBACK. */
    record End(int line, boolean commit, boolean chain) implements Step {
        @Override
        public String what() {
            return commit ? "COMMIT" : "ROLLBACK";
        }
    }
}
