package live

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// pupil is a student without a browser, with an address of her own on loopback.
type pupil struct {
	t          *testing.T
	client     *http.Client
	base, code string
	token      string
	number     int
	seen       int // version of the class that the client was told of last
}

// from makes a client that speaks from an address.
func from(address string) *http.Client {
	d := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}, Timeout: 10 * time.Second}
	return &http.Client{Transport: &http.Transport{DialContext: d.DialContext, MaxIdleConnsPerHost: 2}, Timeout: 40 * time.Second}
}

// ask sends a request and gives the status and the reply.
func (p *pupil) ask(method, path, body string) (int, string) {
	p.t.Helper()
	r, err := http.NewRequest(method, p.base+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("X-Agglo-Token", p.token)
	if method == "POST" {
		r.Header.Set("Content-Type", "application/json")
	}
	return do(p.t, p.client, r)
}

func (p *pupil) post(path, body string) (int, string) { p.t.Helper(); return p.ask("POST", path, body) }

// join gets a seat.
func (p *pupil) join() {
	p.t.Helper()
	status, reply := p.post("/api/class/join", `{"code":"`+p.code+`"}`)
	var got struct {
		Token  string
		Number int
	}
	if err := json.Unmarshal([]byte(reply), &got); status != 200 || err != nil || got.Token == "" {
		p.t.Fatalf("join: %d %s", status, reply)
	}
	p.token, p.number = got.Token, got.Number
}

// do sends a request and gives the status and the reply; 0 if there was none.
func do(t *testing.T, client *http.Client, r *http.Request) (int, string) {
	t.Helper()
	reply, err := client.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer reply.Body.Close()
	data, err := io.ReadAll(reply.Body)
	if err != nil {
		return 0, err.Error()
	}
	return reply.StatusCode, string(data)
}
